/** Character references of HTML: by number, and by the names that papers use (WHATWG HTML, 13.5). */

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", shy: "\u00ad", copy: "©", reg: "®", deg: "°" },
  ...{ laquo: "«", raquo: "»", ldquo: "“", rdquo: "”", lsquo: "‘", rsquo: "’", bdquo: "„", sbquo: "‚", lsaquo: "‹" },
  ...{ rsaquo: "›", ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·", sect: "§", para: "¶", trade: "™" },
  ...{ ensp: "\u2002", emsp: "\u2003", thinsp: "\u2009", zwnj: "\u200c", zwj: "\u200d", lrm: "\u200e", rlm: "\u200f" },
  ...{ euro: "€", pound: "£", yen: "¥", cent: "¢", times: "×", divide: "÷", plusmn: "±", frac12: "½", frac14: "¼" },
  ...{ Ccedil: "Ç", ccedil: "ç", Ouml: "Ö", ouml: "ö", Uuml: "Ü", uuml: "ü", Auml: "Ä", auml: "ä", szlig: "ß" },
  ...{ Acirc: "Â", acirc: "â", Icirc: "Î", icirc: "î", Ucirc: "Û", ucirc: "û", eacute: "é", Eacute: "É", egrave: "è" },
  ...{ aacute: "á", agrave: "à", iacute: "í", oacute: "ó", uacute: "ú", ntilde: "ñ", oslash: "ø", aring: "å" },
  ...{ Scedil: "Ş", scedil: "ş", Gbreve: "Ğ", gbreve: "ğ", imath: "ı", inodot: "ı", Idot: "İ", schwa: "ə" },
  ...{ Scaron: "Š", scaron: "š", Zcaron: "Ž", zcaron: "ž", numero: "№", minus: "−", NewLine: "\n", Tab: "\t" },
};

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));?/g;

/** A reference by a name that is not known stays as it is written. */
export function withoutReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    return lettered(decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal));
  });
}

function lettered(point: number): string {
  const isLetter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isLetter ? String.fromCodePoint(point) : "\ufffd";
}
