/** How much of a file is taken in. Beyond that it is refused with a word, not cut. */

/** A page of news is some hundred kilobytes; a report with pictures some megabytes. */
export const LARGEST_FILE_BYTES = 16 * 1024 * 1024;
/** Characters of a text, as the reading takes them. */
export const MOST_CHARACTERS = 1_000_000;
/** A paragraph has some thousands; a line without end is no text. */
export const LONGEST_LINE = 100_000;
/** Elements within one another on a page. */
export const DEEPEST_PAGE = 500;
export const MOST_PDF_PAGES = 1_000;
/** What a PDF's packed parts may hold together, unpacked. */
export const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;
/** Of the thread that looks into files. */
export const MEMORY_MEBIBYTES = 384;
export const MOST_MILLISECONDS = 30_000;
