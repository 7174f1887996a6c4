import { auto, type Form, fields, human, table } from './form.ts';

const FIT = { adequate: '적정', insufficient: '미흡' };
const YES_NO = { yes: '예', no: '아니오' };

/** ➐ a reviewer's verdict. */
export const ADEQUACY: Form = {
  id: 'adequacy',
  mark: '➐',
  title: '적정성 검토 결과서',
  writer: '검토위원',
  parts: [
    fields(
      '',
      auto('case-name', '접수번호(또는 처리명칭)'),
      human('member-name', '검토위원 성명'),
      human('member-org', '소속'),
      human('member-title', '직위'),
      auto('review-kind', '검토 대상', { choices: { new: '신규', supplemented: '보완' } }),
      human('reviewed-on', '검토 일자'),
      human('verdict', '검토 결과', {
        choices: { adequate: '적정(승인)', conditional: '조건부 승인', inadequate: '부적정(반려)' },
      }),
    ),
    fields(
      '검토 사항',
      human('check-1-purpose', '① 목적 적합성', { choices: FIT }),
      human('check-2-items', '② 이용항목 적합성', { choices: FIT }),
      human('check-3-tier', '③ 위험도 판단의 적정성', { choices: FIT }),
      human('check-4-processing', '④ 가명처리의 적정성', { choices: FIT }),
      human('check-5-usability', '⑤ 목적 달성 가능성', { choices: FIT }),
      human('opinion', '검토 의견', { tall: true }),
      human('chair-summary', '종합 검토 의견(위원장)', { tall: true }),
    ),
    table('조건', 'conditions', 1, human('condition', '조건'), human('condition-closed', '이행 확인')),
    table(
      '기록된 검토',
      'reviews',
      0,
      auto('review-member', '검토위원(인증서)'),
      auto('review-time', '일시'),
      auto('review-verdict', '결과'),
    ),
    table('근거 자료', 'evidence', 0, auto('evidence-name', '자료'), auto('evidence-digest', 'SHA-256')),
    fields('', human('writer-sign', '작성자', { sign: true }), human('addressee', '귀중')),
  ],
};

/** ➑ a reviewer has no interest in the case. */
export const REVIEWER_PLEDGE: Form = {
  id: 'pledge-reviewer',
  mark: '➑',
  title: '적정성 평가위원 서약서',
  writer: '검토위원',
  parts: [
    fields('', auto('case-name', '처리명칭'), auto('applicant-org', '신청기관')),
    fields(
      '이해관계 확인',
      human('conflict-1', '1. 해당 가명정보를 이용할 예정이다', { choices: YES_NO }),
      human('conflict-2', '2. 해당 가명정보의 활용에 따른 이익이 있다', { choices: YES_NO }),
      human('conflict-3', '3. 신청자와 고용관계에 있다', { choices: YES_NO }),
      human('conflict-4', '4. 검토비 외에 신청자에게서 받는 이익이 있다', { choices: YES_NO }),
      human('conflict-5', '5. 본인의 배우자나 직계가족이 속한 회사에 위와 같은 관계가 있다', {
        choices: YES_NO,
      }),
      human('conflict-6', '6. 그 밖에 공정한 검토를 해칠 이해관계가 있다', { choices: YES_NO }),
    ),
    {
      kind: 'fixed',
      title: '서약',
      paragraphs: [
        '이해관계에 변동이 생기면 이를 안 날부터 5영업일 이내에 알리겠습니다.',
        '검토하면서 알게 된 사실을 허락 없이 밖에 알리지 않겠습니다.',
        '위의 항목 가운데 하나라도 ‘예’에 해당하면 이 건을 검토하지 않겠습니다.',
      ],
    },
    fields(
      '',
      human('pledged-on', '서약일'),
      human('org', '소속'),
      human('name', '서약자'),
      human('sign', '서명', { sign: true }),
      human('addressee', '귀중'),
    ),
  ],
};

/** ➒ the recipient will keep it safe. */
export const SAFEGUARD_PLEDGE: Form = {
  id: 'pledge-safeguard',
  mark: '➒',
  title: '안전조치 이행 확약서',
  writer: '이용자',
  parts: [
    {
      kind: 'fixed',
      title: '확약',
      paragraphs: [
        '가명정보를 이용하면서 「개인정보 보호법」 제28조의4와 같은 법 시행령 제29조의5에 따른 안전조치를 이행하겠습니다.',
        '특정 개인을 알아보기 위하여 가명정보를 처리하지 않으며, 특정 개인을 알아볼 수 있는 정보가 생기면 즉시 처리를 멈추고 제공기관에 알린 뒤 회수·파기하겠습니다.',
        '정한 목적과 기간에만 이용하고, 목적을 이루거나 기간이 끝나면 지체 없이 파기하겠습니다.',
        '이를 지키지 않아 생긴 책임은 관계 법령에 따라 이용자가 집니다.',
      ],
    },
    fields(
      '대상',
      auto('source-data-name', '가명정보'),
      auto('purpose-summary', '이용 목적', { tall: true }),
      auto('period', '이용 기간'),
    ),
    table(
      '가명정보 취급자',
      'handlers',
      5,
      human('handler-no', 'No'),
      human('handler-org', '소속'),
      human('handler-title', '직위'),
      human('handler-role', '역할'),
      human('handler-name', '성명'),
      human('handler-sign', '서명', { sign: true }),
    ),
    fields(
      '',
      human('pledged-on', '일자'),
      human('responsible-sign', '책임자', { sign: true }),
      human('org-seal', '신청기관 직인', { sign: true }),
      human('addressee', '귀중'),
    ),
  ],
};

/** ➓ every creation, use, supply and destruction, and who had access. */
export const LEDGER: Form = {
  id: 'ledger',
  mark: '➓',
  title: '가명(추가)정보 관리대장',
  writer: '제공기관·이용자',
  parts: [
    table(
      '처리대장',
      'processing',
      2,
      auto('seq', '일련번호'),
      auto('processed-on', '처리일자'),
      auto('control-no', '관리번호'),
      auto('info-kind', '정보구분'),
      auto('action', '처리구분'),
      auto('detail-purpose', '처리목적 및 내용'),
      auto('detail-items', '항목'),
      auto('detail-period', '이용기간'),
      human('detail-recipient', '제공받는 자'),
      human('officer', '담당자'),
      human('responsible', '책임자'),
    ),
    table(
      '접근권한 관리대장',
      'access',
      2,
      auto('seq', '일련번호'),
      human('requested-on', '신청일자'),
      auto('control-no', '관리번호'),
      human('handler-org', '소속(부서)'),
      human('handler-name', '취급자'),
      human('handler-ip', '취급자 IP'),
      human('reason', '처리 내역 및 사유'),
      human('scope', '권한 범위'),
      auto('effective-on', '부여/말소 일자'),
      human('officer', '담당자'),
      human('responsible', '책임자'),
    ),
    table(
      '보존·파기 기한',
      'retention',
      0,
      auto('control-no', '관리번호'),
      auto('retention-what', '할 일'),
      auto('retention-due', '기한'),
      auto('retention-state', '상태'),
    ),
  ],
};
