/**
 * What a picture's own bytes say of it, read before any decoder sees it: its format, and how large it would become. What it was called
 * when it was handed in counts for nothing. Sources: PNG (ISO/IEC 15948), JPEG (ITU-T T.81), GIF89a, WebP (RFC 9649).
 */
export interface ImageHead {
  readonly format: "PNG" | "JPEG" | "GIF" | "WebP";
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Undefined where the bytes do not begin as a picture of one of these formats, or end before its size. */
export function imageHead(bytes: Uint8Array): ImageHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return pngHead(view) ?? gifHead(view) ?? jpegHead(view) ?? webpHead(view);
  } catch (problem) {
    // The view ends before the header does.
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}

const letters = (view: DataView, offset: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(offset + index)));

function pngHead(view: DataView): ImageHead | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a || letters(view, 12, 4) !== "IHDR")
    return undefined;
  return { format: "PNG", mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function gifHead(view: DataView): ImageHead | undefined {
  if (!/^GIF8[79]a$/.test(letters(view, 0, 6))) return undefined;
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  return { format: "GIF", mediaType: "image/gif", width, height };
}

/** The first frame's header gives the size; what stands before it is skipped by its own lengths. */
function jpegHead(view: DataView): ImageHead | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let offset = 2; ; ) {
    if (view.getUint8(offset) !== 0xff) return undefined;
    const marker = view.getUint8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width] = [view.getUint16(offset + 5), view.getUint16(offset + 7)];
      return { format: "JPEG", mediaType: "image/jpeg", width, height };
    }
    const isAlone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    offset += isAlone ? (marker === 0xff ? 1 : 2) : 2 + Math.max(2, view.getUint16(offset + 2));
  }
}

function webpHead(view: DataView): ImageHead | undefined {
  if (letters(view, 0, 4) !== "RIFF" || letters(view, 8, 4) !== "WEBP") return undefined;
  const size = webpSize(view, letters(view, 12, 4));
  return size && { format: "WebP", mediaType: "image/webp", ...size };
}

function webpSize(view: DataView, chunk: string): { width: number; height: number } | undefined {
  const three = (offset: number): number => view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x10000;
  if (chunk === "VP8X") return { width: three(24) + 1, height: three(27) + 1 };
  if (chunk === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== "VP8L") return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
