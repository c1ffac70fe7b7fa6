/** The session's pictures, for the map and the details. */
import { createContext, useContext } from "react";
import type { Pictures } from "./picture.ts";

export const PicturesContext = createContext<Pictures | undefined>(undefined);

export function usePictures(): Pictures {
  const pictures = useContext(PicturesContext);
  if (pictures === undefined) throw new Error("no pictures");
  return pictures;
}
