import { ADDRESS_LEVELS, type AddressLevel, address, addressPrefix } from './address-kr.ts';
import { type AgeBandParams, ageBand, ageBandSchema } from './age-band.ts';
import { categoryTable, loadTable, type TableParams, tableSchema } from './category-table.ts';
import { GENERALIZE_EXAMPLES } from './generalize-examples.ts';
import { type BinsParams, bins, binsSchema, type RangesParams, ranges, rangesSchema } from './range.ts';
import { type CompiledTechnique, defineTechnique, issue } from './technique.ts';

/** Exactly one of the first five. */
interface GeneralizeParams {
  readonly ranges?: RangesParams | undefined;
  readonly bins?: BinsParams | undefined;
  readonly 'age-band'?: AgeBandParams | undefined;
  readonly table?: TableParams | undefined;
  readonly address?: AddressLevel | undefined;
  /** Addresses may begin with a postal code, which is left out. */
  readonly 'postal-code'?: boolean | undefined;
}

/** Puts a more general value in place of a value: interval, bin, age band, category or region. */
export const generalize = defineTechnique<GeneralizeParams>({
  name: 'generalize',
  doc: {
    en: 'Put in place of a value its interval, age band, category (table with levels) or Korean region.',
    ko: '값을 구간, 연령대, 상위 범주(단계별 표), 행정구역으로 범주화한다.',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: false,
    keepsLength: false,
    leaks: ['order', 'interval', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z
      .strictObject({
        ranges: rangesSchema(z).optional(),
        bins: binsSchema(z).optional(),
        'age-band': ageBandSchema(z).optional(),
        table: tableSchema(z).optional(),
        address: z.enum(ADDRESS_LEVELS).optional(),
        'postal-code': z.boolean().optional(),
      })
      .refine(
        ({ 'postal-code': _, ...ways }) =>
          Object.values(ways).filter((way) => way !== undefined).length === 1,
        issue({
          en: 'exactly one of ranges, bins, age-band, table and address is expected',
          ko: 'ranges, bins, age-band, table, address 가운데 하나만 있어야 합니다',
        }),
      )
      .refine(
        (params) => params['postal-code'] === undefined || params.address !== undefined,
        issue({ en: 'postal-code goes with address', ko: 'postal-code는 address와 함께 씁니다' }, [
          'postal-code',
        ]),
      ),
  load: (params, read) =>
    params.table === undefined ? params : { ...params, table: loadTable(params.table, read) },
  compile: (params): CompiledTechnique => {
    if (params.ranges !== undefined) return { cell: ranges(params.ranges) };
    if (params.bins !== undefined) return { cell: bins(params.bins) };
    if (params['age-band'] !== undefined) return { cell: ageBand(params['age-band']) };
    if (params.table !== undefined) return { cell: categoryTable(params.table) };
    const level = params.address!;
    const skipPostalCode = params['postal-code'] === true;
    const prefix = addressPrefix(level, skipPostalCode);
    return { cell: address(level, skipPostalCode), ...(prefix && { prefix }) };
  },
  examples: GENERALIZE_EXAMPLES,
});
