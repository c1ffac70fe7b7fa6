export {
  type Attachment,
  type AttachmentOptions,
  Attachments,
  LARGEST_ATTACHMENT_BYTES,
  openAttachments,
  readAttachmentNow,
} from "./attachments.ts";
