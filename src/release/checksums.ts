/** Check digits of Korean numbers. Every function takes digits alone. */

const RESIDENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const BUSINESS_WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];

const digitAt = (text: string, index: number) => text.charCodeAt(index) - 48;

/** Resident registration number: Σ wᵢdᵢ mod 11. Numbers issued since October 2020 need not satisfy it. */
export function isResidentNumber(digits: string): boolean {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, i) => total + weight * digitAt(digits, i), 0);
  return (11 - (sum % 11)) % 10 === digitAt(digits, 12);
}

/** Business registration number (사업자등록번호). */
export function isBusinessNumber(digits: string): boolean {
  const sum = BUSINESS_WEIGHTS.reduce((total, weight, i) => total + weight * digitAt(digits, i), 0);
  return (10 - ((sum + Math.floor((digitAt(digits, 8) * 5) / 10)) % 10)) % 10 === digitAt(digits, 9);
}

/** Corporation registration number (법인등록번호): weights 1, 2, 1, 2, … */
export function isCorporationNumber(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += digitAt(digits, i) * (1 + (i & 1));
  return (10 - (sum % 10)) % 10 === digitAt(digits, 12);
}

/** ISO/IEC 7812-1, annex B (Luhn). */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const doubled = digitAt(digits, digits.length - 1 - i) * (1 + (i & 1));
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
