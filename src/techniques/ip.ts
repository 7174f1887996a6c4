import { cryptoPan } from './cryptopan.ts';
import { type AddressBytes, formatAddress, networkOf, parseAddress } from './ip-address.ts';
import { type CompiledTechnique, defineTechnique, Invalid, issue } from './technique.ts';

interface Truncate {
  /** Leading bits kept of an IPv4 address. */
  readonly v4: number;
  /** Leading bits kept of an IPv6 address. */
  readonly v6: number;
  /** `network` appends the prefix length: 192.0.2.0/24. */
  readonly as: 'address' | 'network';
}

/** Exactly one is set. */
interface IpParams {
  readonly 'prefix-preserving'?: true | undefined;
  readonly truncate?: Truncate | undefined;
}

const NO_ADDRESS = new Invalid({ en: 'not an IP address', ko: 'IP 주소가 아닙니다' });

const ONE_FORM = issue({
  en: 'exactly one of prefix-preserving and truncate is needed',
  ko: 'prefix-preserving와 truncate 중 하나만 지정해야 합니다',
});

function truncated({ v4, v6, as }: Truncate): (address: AddressBytes) => string {
  return (address) => {
    const prefix = address.length === 4 ? v4 : v6;
    const network = formatAddress(networkOf(address, prefix));
    return as === 'network' ? `${network}/${prefix}` : network;
  };
}

function preserved(key: Uint8Array): (address: AddressBytes) => string {
  const pseudonym = cryptoPan(key);
  return (address) => formatAddress(pseudonym(address));
}

/**
 * IP addresses: pseudonyms that keep which addresses share a network (Crypto-PAn, key of the purpose `ip`), or
 * the network alone. IPv4 and IPv6 may stand in one column. Results are canonical (RFC 5952), an IPv4-mapped
 * IPv6 address is treated and written as the IPv4 address it names.
 */
export const ip = defineTechnique<IpParams>({
  name: 'ip',
  doc: {
    en: 'Replace IP addresses by prefix-preserving pseudonyms (Crypto-PAn), or cut them to a network.',
    ko: 'IP 주소를 대역 관계가 유지되는 가명 주소(Crypto-PAn)로 바꾸거나 네트워크까지만 남긴다.',
  },
  properties: {
    deterministic: true,
    reversible: true,
    keyed: true,
    keepsLength: false,
    leaks: ['equality', 'prefix', 'part', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z
      .strictObject({
        'prefix-preserving': z.literal(true).optional(),
        truncate: z
          .strictObject({
            v4: z.int().min(0).max(31).default(24),
            v6: z.int().min(0).max(127).default(48),
            as: z.enum(['address', 'network']).default('address'),
          })
          .optional(),
      })
      .refine(
        (params) => (params['prefix-preserving'] === undefined) !== (params.truncate === undefined),
        ONE_FORM,
      ),
  compile: ({ truncate }, context): CompiledTechnique => {
    const write = truncate === undefined ? preserved(context.key('ip')) : truncated(truncate);
    return {
      cell: (value) => {
        const address = parseAddress(value);
        return address === undefined ? NO_ADDRESS : write(address);
      },
    };
  },
  examples: [
    {
      params: { 'prefix-preserving': true },
      cells: [
        ['192.0.2.1', '48.1.194.126'],
        ['192.0.2.200', '48.1.194.192'],
        ['203.0.113.7', '58.255.118.5'],
        ['::ffff:192.0.2.1', '48.1.194.126'],
        ['2001:db8::1', 'df00:82a0:fc18:14f:7f7:c03f:f9fc:609'],
        ['2001:0DB8:0:0::2', 'df00:82a0:fc18:14f:7f7:c03f:f9fc:60a'],
        ['::', 'f000:8800:3ff8:1f0c:1ef:fc3f:e03:1eff'],
        ['192.0.2.01', null],
        ['192.0.2', null],
        ['192.0.2.1:443', null],
        ['192.0.2.0/24', null],
        [' 192.0.2.1', null],
        ['fe80::1%eth0', null],
        ['2001:db8::1::2', null],
      ],
    },
    {
      params: { truncate: {} },
      cells: [
        ['192.0.2.200', '192.0.2.0'],
        ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
        ['2001:db8::192.0.2.1', '2001:db8::'],
        ['::ffff:c000:2c8', '192.0.2.0'],
        ['localhost', null],
      ],
    },
    {
      params: { truncate: { v4: 20, v6: 61, as: 'network' } },
      cells: [
        ['203.0.113.7', '203.0.112.0/20'],
        ['2001:db8:1:f:3:4:5:6', '2001:db8:1:8::/61'],
        ['2001:0:0:1:0:0:0:1', '2001::/61'],
      ],
    },
  ],
});
