/** Cosigning, from the centre's side. */
export { type CosignerAddress, type CosignerAddresses, readAddresses } from "./addresses.ts";
export { askCosigners } from "./ask-cosigners.ts";
export { Cosigning, sealedFile } from "./cosigning.ts";
export { Pushes } from "./pushes.ts";
export { receiptMaker } from "./receipts.ts";
