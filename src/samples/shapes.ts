import type { Text } from '../messages/language.ts';
import type { Shape } from './shape.ts';

/** A shape by name; its module, which brings faker, is loaded when it is wanted. */
export interface ShapeEntry {
  readonly name: string;
  readonly about: Text;
  load(): Promise<{ readonly shape: Shape }>;
}

/** Every shape that `gamyeong sample` makes. To add one, write its module and name it here. */
export const SHAPES: readonly ShapeEntry[] = [
  {
    name: 'resident-register',
    about: {
      en: 'residents with household, contact, income and health: one record a person',
      ko: '주민 명부(세대·연락처·소득·질환): 한 사람에 한 행',
    },
    load: () => import('./resident-register.ts'),
  },
  {
    name: 'local-tax',
    about: {
      en: 'local tax bills and payments: several records a person',
      ko: '지방세 부과·수납 내역: 한 사람에 여러 행',
    },
    load: () => import('./local-tax.ts'),
  },
  {
    name: 'welfare-payments',
    about: {
      en: 'welfare benefits paid to recipients: several records a person',
      ko: '복지급여 지급 내역: 한 사람에 여러 행',
    },
    load: () => import('./welfare-payments.ts'),
  },
  {
    name: 'civil-complaints',
    about: {
      en: 'complaints with free text: several records a person',
      ko: '민원 접수 내역(자유 서술 포함): 한 사람에 여러 행',
    },
    load: () => import('./civil-complaints.ts'),
  },
  {
    name: 'security-events',
    about: {
      en: 'security events with IPv4 and IPv6 addresses: many records a user',
      ko: '보안 이벤트(IPv4·IPv6 주소 포함): 한 사용자에 여러 행',
    },
    load: () => import('./security-events.ts'),
  },
];
