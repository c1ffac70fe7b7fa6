export { PictureDigests } from "./digests.ts";
export { itemOf, type PictureItem, type PictureLine } from "./line-codec.ts";
export {
  openPicture,
  openPictureReader,
  Picture,
  type PictureDigest,
  type PictureOptions,
  PictureReader,
} from "./picture.ts";
