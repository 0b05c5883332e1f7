// Writes boards/strokes.txt: the 8105 standard characters (通用规范汉字表) in the order of ICU's
// stroke collation. Run once, with Node and Debian's unicode-data:
//   bzcat /usr/share/unicode/Unihan_*.bz2 | node generator/make_strokes.mjs > generator/boards/strokes.txt
import { readFileSync } from "node:fs";

const standard = new Set();
for (const line of readFileSync(0, "utf8").split("\n")) {
  const [code, property] = line.split("\t");
  if (property === "kTGH" && code.startsWith("U+")) {
    standard.add(String.fromCodePoint(parseInt(code.slice(2), 16)));
  }
}
const collator = new Intl.Collator("zh-u-co-stroke");
if (collator.resolvedOptions().collation !== "stroke") throw new Error("this Node has no stroke collation");
process.stdout.write([...standard].sort(collator.compare).join("") + "\n");
