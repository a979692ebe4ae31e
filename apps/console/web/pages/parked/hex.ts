const perLine = 16;

/** Bytes, given as base64, as offset, hex and text, 16 to a line. */
export const hexOf = (base64: string): string => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const lines = Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) =>
    lineOf(bytes.subarray(line * perLine, (line + 1) * perLine), line * perLine),
  );
  return lines.join('\n') || 'no bytes';
};

const lineOf = (bytes: Uint8Array, offset: number): string => {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(perLine * 3 - 1)}  ${text}`;
};
