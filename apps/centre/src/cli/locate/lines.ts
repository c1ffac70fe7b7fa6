/** Bytes → lines. */

/** Lines of a UTF-8 stream without their ends; empty ones are left out. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of input) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop()!;
    for (const part of parts) if (part.trim() !== "") yield part;
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield rest;
}
