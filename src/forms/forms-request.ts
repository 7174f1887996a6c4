import { auto, type Form, fields, human } from './form.ts';

/** 목적의 종류 */
const PURPOSES = { statistics: '통계작성', research: '과학적 연구', archiving: '공익적 기록보존' };
const TIERS = { low: '저위험', medium: '중위험', high: '고위험' };
const YES_NO = { yes: '예', no: '아니오' };

/** ➊ what a user asks for. */
export const APPLICATION: Form = {
  id: 'application',
  mark: '➊',
  title: '가명정보 이용·제공 신청서',
  writer: '이용자',
  parts: [
    fields(
      '접수',
      human('request-kind', '구분', { choices: { new: '신규', change: '변경' } }),
      auto('receipt-no', '접수번호'),
      auto('received-on', '접수일'),
      human('previous-receipt-no', '기존 접수번호(변경 시)'),
    ),
    fields(
      '신청자',
      human('applicant-org', '조직·부서명'),
      human('applicant-title', '담당자 직위'),
      human('applicant-name', '담당자 성명'),
      human('applicant-phone', '전화번호'),
      human('applicant-email', '이메일 주소'),
    ),
    fields(
      '가명정보 활용 목적',
      human('purpose-kind', '활용 목적', { choices: PURPOSES }),
      human('purpose-detail', '세부 활용 목적', { tall: true }),
    ),
    fields(
      '가명처리 대상',
      human('source-data-name', '개인정보 명칭'),
      human('requested-items', '요청 개인정보 항목', { tall: true }),
      human('combination-use', '결합 활용 여부', {
        choices: { none: '해당 없음', agency: '결합전문기관 이용' },
      }),
      human('combination-target', '결합대상정보'),
      human('combination-agency', '이용 예정 결합전문기관'),
    ),
    fields(
      '처리 환경 및 기간',
      human('environment-kind', '처리 환경', {
        choices: {
          designated: '정부가 지정한 안전한 환경',
          'provider-room': '제공기관의 분석 공간',
          'taken-outside': '외부 반출',
          other: '기타',
        },
      }),
      human('designated-kind', '지정 환경의 종류', {
        choices: {
          'innovation-zone': '개인정보 이노베이션 존',
          'combination-agency': '결합전문기관·데이터전문기관',
        },
      }),
      human('environment-other', '기타 내용'),
      human('supply-kind', '반복 제공 여부', { choices: { once: '1회', repeated: '반복' } }),
      human('supply-count', '반복 횟수'),
      human('use-months', '예상 이용기간(개월)'),
      human('use-until', '예상 이용 종료일'),
    ),
    fields(
      '신청',
      human('applied-on', '신청일'),
      human('applicant-sign', '신청인(부서장)', { sign: true }),
      human('addressee', '귀중'),
      auto('attachment-plan', '첨부'),
    ),
  ],
};

/** ➋ how a user will use it. */
export const USE_PLAN: Form = {
  id: 'use-plan',
  mark: '➋',
  title: '가명정보 활용 계획서',
  writer: '이용자',
  parts: [
    fields(
      '',
      human('title', '신청 제목'),
      human('responsible-org', '책임자 소속'),
      human('responsible-name', '책임자 성명'),
      human('responsible-sign', '책임자 서명', { sign: true }),
      human('background-and-purpose', '배경 및 목적', { tall: true }),
      human('data-used', '활용 데이터', { tall: true }),
      auto('subject-count', '대상자 수'),
      human('plan-and-method', '활용 계획 및 방법', { tall: true }),
      human('use-from', '활용 시작일'),
      human('use-until', '활용 종료일'),
      human('use-months', '활용 기간(개월)'),
      human('expected-effect', '기대효과 및 활용방안', { tall: true }),
    ),
  ],
};

/** ➌ how risky the use is. */
export const RISK_REVIEW: Form = {
  id: 'risk-review',
  mark: '➌',
  title: '위험성 검토서',
  writer: '제공기관',
  parts: [
    fields(
      '개요',
      auto('purpose-summary', '가명정보 활용 목적', { tall: true }),
      auto('source-data-name', '가명처리 대상 개인정보'),
      auto('user-org', '활용하려는 자: 기관명'),
      auto('user-title', '활용하려는 자: 직위'),
      auto('user-name', '활용하려는 자: 성명'),
    ),
    fields(
      '1. 기본 위험도',
      human('actor', '<Step 1> 활용 주체', {
        choices: { internal: '내부 활용', 'third-party': '제3자 제공' },
      }),
      human('environment-control', '<Step 2> 처리 환경(제3자 제공만)', {
        choices: { controllable: '제공기관이 통제 가능', uncontrollable: '제공기관이 통제 불가능' },
      }),
      auto('base-tier', '기본 위험도(자동 도출)', { choices: TIERS }),
      human('base-reason', '판단 이유', { tall: true }),
    ),
    fields(
      '2. 위험도 조정',
      human('repeat-or-similar', '반복·유사 활용 건', { choices: YES_NO }),
      human('designated-safe-environment', '정부가 지정한 안전한 처리환경으로 제공', { choices: YES_NO }),
      auto('unstructured-included', '비정형데이터 포함', { choices: YES_NO }),
      auto('adjustment-grounds', '조정 근거(참고)'),
      human('adjustment', '조정', { choices: { keep: '유지', raise: '상향', lower: '하향' } }),
      human('final-tier', '최종 위험도', { choices: TIERS }),
      human('overall-result', '종합 검토 결과(조정 사유 포함)', { tall: true }),
    ),
    fields(
      '검토자',
      human('reviewed-on', '검토일'),
      human('reviewer-org', '소속'),
      human('reviewer-name', '성명'),
      human('reviewer-sign', '서명', { sign: true }),
    ),
  ],
};
