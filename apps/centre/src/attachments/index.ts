export { type Attachment, type AttachmentOptions, Attachments, openAttachments } from "./attachments.ts";
