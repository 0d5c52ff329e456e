/* The page's data: JSON as it stands, or a packed block (geomapper/rendering/packing.py). */
import { gunzip } from "./inflate.js";
import { Texts } from "./strings.js";

const ALIGNED = 8;

export async function readData(node) {
  const text = node.textContent;
  return node.dataset.packed === "true" ? unpacked(text.trim().slice(1, -1)) : JSON.parse(text);
}

export async function unpacked(base64) {
  const bytes = fromBase64(base64);
  if (typeof DecompressionStream === "undefined") return unfolded(gunzip(bytes).buffer);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return unfolded(await new Response(stream).arrayBuffer());
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/* The data of a block; its columns are views of it, copied nowhere. */
export function unfolded(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const { data, columns } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = aligned(4 + length);
  for (const { path, kind, count, size } of columns) {
    const holder = path.length > 1 ? (data[path[0]] ??= {}) : data;
    holder[path.at(-1)] = column(kind, buffer, at, count, size);
    at = aligned(at + size);
  }
  return data;
}

function aligned(at) {
  return Math.ceil(at / ALIGNED) * ALIGNED;
}

function column(kind, buffer, at, count, size) {
  if (kind === "broken") return new Float64Array(buffer, at, count);
  const numbers = new Int32Array(buffer, at, count);
  if (kind === "whole") return numbers;
  return new Texts(numbers, new Uint8Array(buffer, at + 4 * count, size - 4 * count));
}
