export { CAMERA_SIGHTS, type CameraCue, type CameraSight, type CueStill } from "./camera-cue.ts";
export { decodeCue, encodeCue, LONGEST_CUE_LINE } from "./decode-cue.ts";
