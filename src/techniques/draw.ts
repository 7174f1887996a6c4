import { createHmac } from 'node:crypto';

/**
 * What a keyed draw is computed over: LP(column) ‖ LP(each cell), LP(s) = length of the UTF-8 bytes of s as
 * 4 bytes, big-endian, then those bytes. Frozen: results must stay recomputable.
 * @param column the name put first (`DrawRequest.column`).
 * @param cells input cells of the record key, in order.
 */
export function drawMessage(column: string, cells: readonly string[]): Uint8Array {
  const parts = [column, ...cells];
  const lengths = parts.map((part) => Buffer.byteLength(part));
  const message = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  parts.forEach((part, i) => {
    at = message.writeUInt32BE(lengths[i]!, at);
    at += message.write(part, at);
  });
  return message;
}

/**
 * The keyed draw for a cell or a record: HMAC-SHA-256(key, drawMessage(column, cells)).
 * @param key 32 bytes, derived for the purpose of the draw and the domain.
 * @returns 32 bytes that look random to whoever lacks the key and are the same for the same record.
 */
export function draw(key: Uint8Array, column: string, cells: readonly string[]): Uint8Array {
  return createHmac('sha256', key).update(drawMessage(column, cells)).digest();
}
