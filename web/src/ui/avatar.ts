// The given name of a Vietnamese person is the last word of the full name, and its first letter is what people know.
export function avatar_letter(full_name: string): string {
  const given_name = full_name.trim().split(/\s+/).at(-1) ?? '';
  return [...given_name][0]?.toLocaleUpperCase('vi') ?? '?';
}

// One of four tints, always the same for the same name.
export function avatar_tint(full_name: string): number {
  let sum = 0;
  for (const letter of full_name) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return sum % 4;
}
