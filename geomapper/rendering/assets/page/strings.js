/* Many texts in one: a text is cut out when it is asked for. Pure. */
export class Texts {
  /* `lengths` are in UTF-16 units, `bytes` all the texts in UTF-8. */
  constructor(lengths, bytes) {
    this.length = lengths.length;
    this.bytes = bytes;
    this.ends = new Uint32Array(lengths.length);
    let end = 0;
    for (let n = 0; n < lengths.length; n++) this.ends[n] = end += lengths[n];
  }

  at(n) {
    this.whole ??= new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes);
    return this.whole.slice(n > 0 ? this.ends[n - 1] : 0, this.ends[n]);
  }

  indexOf(text) {
    for (let n = 0; n < this.length; n++) if (this.at(n) === text) return n;
    return -1;
  }
}
