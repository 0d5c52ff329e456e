/* The page's data: JSON as it stands, or gzip in base64. */
import { gunzip } from "./inflate.js";

export async function readData(node) {
  const text = node.textContent;
  return node.dataset.packed === "true" ? unpacked(JSON.parse(text)) : JSON.parse(text);
}

export async function unpacked(base64) {
  const bytes = fromBase64(base64);
  if (typeof DecompressionStream === "undefined") return JSON.parse(new TextDecoder().decode(gunzip(bytes)));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
