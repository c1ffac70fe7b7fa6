/**
 * What a browser runs first: a few lines that ask for the words and for the centre's description while the program is still on its way.
 */
import { loadCatalogue } from "@openjmc/words";
import { askAhead } from "./api/ahead.ts";
import { firstLocale } from "./words/first-locale.ts";

// Whoever speaks asks for the same words again and hears of it when they do not come.
loadCatalogue(firstLocale()).catch(() => undefined);
askAhead("api/v1/centre");

// It runs as soon as it is there: the styles are not waited for, and perhaps the page has not been read to its end.
const begin = (): void => void import("./main.tsx");
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
else begin();
