/** Which values a message asks for. */
import { IntlMessageFormat } from "intl-messageformat";

/** What is needed of a parsed message's elements; the numbers are those of the message parser. */
export interface MessageElement {
  readonly type: number;
  readonly value?: string;
  readonly pluralType?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly MessageElement[] }>>;
  readonly children?: readonly MessageElement[];
}

export const ELEMENT = { literal: 0, plural: 6, pound: 7 } as const;

/** A message's elements. Throws `SyntaxError` where the text is not ICU MessageFormat. */
export function parseMessage(text: string): readonly MessageElement[] {
  return new IntlMessageFormat(text, "en").getAst() as readonly MessageElement[];
}

/** Every element of a message, those inside plurals, choices and tags too. */
export function* elementsOf(elements: readonly MessageElement[]): Generator<MessageElement> {
  for (const element of elements) {
    yield element;
    for (const option of Object.values(element.options ?? {})) yield* elementsOf(option.value);
    yield* elementsOf(element.children ?? []);
  }
}

/** Names of the values that must be given, sorted. */
export function messageValues(text: string): string[] {
  const names = new Set<string>();
  for (const element of elementsOf(parseMessage(text)))
    if (element.type !== ELEMENT.literal && element.type !== ELEMENT.pound) names.add(element.value ?? "");
  return [...names].sort();
}
