export {
  type Attachment,
  type AttachmentOptions,
  Attachments,
  openAttachments,
  readAttachmentNow,
} from "./attachments.ts";
