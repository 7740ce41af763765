// What comes as text, for it stands in a page or in a header: bytes, or compressed ones.

/** @param {string} text */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// The content of what was compressed, to be read as bytes or as JSON.
/** @param {string} text @param {CompressionFormat} format */
export function decompressed(text, format) {
  const plain = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream(format));
  return new Response(plain);
}
