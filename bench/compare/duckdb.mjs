// The work of resident-12 in DuckDB's SQL. It has no HMAC, so that is spelled out as nested SHA-256 of key blocks:
// H((K ⊕ opad) ‖ H((K ⊕ ipad) ‖ message)), RFC 2104. NULL (an empty cell) passes through every function as NULL.
import { copy } from './database.mjs';
import { tokenKey } from './job.mjs';

const SHA256_BLOCK = 64;
const key = tokenKey();

/** The key, padded to one block and XORed with `pad`, as a constant of type BLOB. */
function keyBlock(pad) {
  const block = Buffer.alloc(SHA256_BLOCK);
  key.copy(block);
  return `unhex('${Buffer.from(block.map((byte) => byte ^ pad)).toString('hex')}')`;
}

await copy(
  `token(member_id) AS member_id,
  left(name, 1) || repeat('*', length(name) - 1) AS name,
  sex,
  left(birth, 4) AS birth,
  CASE
    WHEN starts_with(address, '세종특별자치시 ') THEN '세종특별자치시'
    WHEN split_part(address, ' ', 2) LIKE '%시' AND split_part(address, ' ', 3) LIKE '%구'
      THEN split_part(address, ' ', 1) || ' ' || split_part(address, ' ', 2) || ' ' || split_part(address, ' ', 3)
    ELSE split_part(address, ' ', 1) || ' ' || split_part(address, ' ', 2)
  END AS address,
  token(phone) AS phone,
  token(email) AS email,
  household_size,
  CAST(income AS BIGINT) // 1000000 * 1000000 AS income,
  category,
  registered_on,
  status`,
  `CREATE MACRO token(message) AS
    sha256(${keyBlock(0x5c)} || unhex(sha256(${keyBlock(0x36)} || encode(message))))`,
);
