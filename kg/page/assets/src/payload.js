/** The data blocks of the page: readable JSON, or gzip in base64 for large graphs. */

/**
 * @param {HTMLElement} element a `<script>` of type application/json or application/gzip
 * @returns {Promise<any>}
 */
export async function readBlock(element) {
  const text = element.textContent ?? "";
  if (element.getAttribute("type") === "application/json") return JSON.parse(text);
  return JSON.parse(await gunzip(text));
}

/** base64 of gzip to the text inside. */
export async function gunzip(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
