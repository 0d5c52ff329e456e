/* The search looks at each text once, however many events share it. Pure. */
import { folded } from "./words.js";

const TOLD = ["title", "source", "attribution", "sentence"];

export class Search {
  constructor(data) {
    this.data = data;
    this.known = null;
  }

  /* Which events have every word somewhere, one number an event; null where there is no word. */
  find(text) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    this.known ??= this.texts();
    const found = new Uint8Array(this.data.count).fill(1);
    for (const word of words) this.narrow(found, word);
    return found;
  }

  /* Every text as it is compared, made once and only when somebody searches. */
  texts() {
    const d = this.data;
    return { strings: every(d.strings), actors: every(d.actors), types: every(d.types.map((type) => type.label)), ids: every(d.id) };
  }

  narrow(found, word) {
    const { strings, actors, types, ids } = this.known;
    // a number on, so that the text of number -1, which there is not, holds no word
    const inText = Uint8Array.from([0, ...strings.map((text) => Number(text.includes(word)))]);
    const inActor = actors.map((name) => name.includes(word));
    const inType = types.map((name) => name.includes(word));
    const { place, origin, actor, target, type } = this.data;
    for (let i = 0; i < found.length; i++) {
      if (!found[i]) continue;
      const inNames = inText[place[i] + 1] || inText[origin[i] + 1] || inActor[actor[i]] || (target[i] > 0 && inActor[target[i]]);
      if (!(inNames || inType[type[i]] || this.inTellings(i, inText) || ids[i].includes(word))) found[i] = 0;
    }
  }

  inTellings(i, inText) {
    const { told } = this.data;
    for (let n = told.offset[i]; n < told.offset[i + 1]; n++) {
      for (const name of TOLD) if (inText[told[name][n] + 1]) return true;
    }
    return false;
  }
}

function every(column) {
  return Array.from({ length: column.length }, (_, n) => folded(column.at(n)));
}
