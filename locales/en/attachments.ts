// Attachments: files with inspections, messages and reports.
import type { attachments as lv } from '../lv/attachments.ts'

export const attachments: Record<keyof typeof lv, string> = {
  'attachment.files': 'Attachments',
  'attachment.list': 'Attached files',
  'attachment.hint': 'PDF, pictures (JPEG, PNG, WebP) or EDOC; up to {most, plural, one {# file} other {# files}} of {size} MB each. Pictures are kept without where and by what they were taken.',
  'attachment.again': 'Choose the files again: your browser does not remember them.',
  'attachment.kind.pdf': 'PDF',
  'attachment.kind.jpeg': 'JPEG picture',
  'attachment.kind.png': 'PNG picture',
  'attachment.kind.webp': 'WebP picture',
  'attachment.kind.edoc': 'EDOC',
  'attachment.contents': 'With {count, plural, one {# file} other {# files}} in it',
  'attachment.remove': 'Take away',
  'problem.files-too-many': 'There may be {most} attachments at most',
  'problem.file-too-large': '“{name}” is larger than {size} MB',
  'problem.file-empty': '“{name}” is an empty file',
  'problem.file-kind': '“{name}” is by its content neither a PDF, nor a JPEG, PNG or WebP picture, nor an EDOC. Other files are not taken',
  'problem.file-damaged': '“{name}” is damaged or not complete. Open it on your device and save it anew',
  'problem.file-pixels': '“{name}” is too large a picture: 50 megapixels at most',
  'problem.file-bomb': '“{name}” would be dangerously large once unpacked, so it is not taken',
}
