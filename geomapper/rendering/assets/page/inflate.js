/* gzip unpacked by hand, for browsers without DecompressionStream (RFC 1951 and 1952). Pure. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class Bits {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
    this.held = 0;
    this.count = 0;
  }

  take(count) {
    while (this.count < count) {
      if (this.at >= this.bytes.length) throw new Error("the packed data ends early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }

  align() {
    this.held = this.count = 0;
  }
}

/* A Huffman code from its lengths: how many codes of each length, and the symbols in their order. */
function huffman(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const at = new Uint16Array(16);
  for (let n = 1; n < 16; n++) at[n] = at[n - 1] + counts[n - 1];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length) symbols[at[length]++] = symbol;
  });
  return { counts, symbols };
}

function symbolOf(bits, { counts, symbols }) {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length++) {
    code |= bits.take(1);
    if (code - counts[length] < first) return symbols[index + code - first];
    index += counts[length];
    first = (first + counts[length]) << 1;
    code <<= 1;
  }
  throw new Error("the packed data has a code that is none");
}

function repeated(value, count) {
  return Array.from({ length: count }, () => value);
}

function fixedCodes() {
  const lengths = Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8));
  return [huffman(lengths), huffman(repeated(5, 30))];
}

function dynamicCodes(bits) {
  const [literals, distances, codes] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const short = repeated(0, 19);
  for (let n = 0; n < codes; n++) short[CODE_ORDER[n]] = bits.take(3);
  const code = huffman(short);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...repeated(lengths.at(-1), 3 + bits.take(2)));
    else lengths.push(...repeated(0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)));
  }
  return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
}

function block(bits, out, at, [literals, distances]) {
  for (;;) {
    const symbol = symbolOf(bits, literals);
    if (symbol === 256) return at;
    if (symbol < 256) {
      out[at++] = symbol;
      continue;
    }
    const length = LENGTHS[symbol - 257] + bits.take(LENGTH_BITS[symbol - 257]);
    const far = symbolOf(bits, distances);
    const distance = DISTANCES[far] + bits.take(DISTANCE_BITS[far]);
    for (const end = at + length; at < end; at++) out[at] = out[at - distance];
  }
}

function stored(bits, out, at) {
  bits.align();
  const length = bits.bytes[bits.at] | (bits.bytes[bits.at + 1] << 8);
  out.set(bits.bytes.subarray(bits.at + 4, bits.at + 4 + length), at);
  bits.at += 4 + length;
  return at + length;
}

/* Unpack one gzip member without a name or a comment, as Python writes it. */
export function gunzip(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
  const out = new Uint8Array(size);
  const bits = new Bits(bytes, 10);
  let at = 0;
  for (let last = 0; !last; ) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 3) throw new Error("the packed data has a block of no known kind");
    at = kind === 0 ? stored(bits, out, at) : block(bits, out, at, kind === 1 ? fixedCodes() : dynamicCodes(bits));
  }
  return out;
}
