// Pielikumi: faili pie pārbaudēm, ziņām un pieteikumiem.

export const attachments = {
  'attachment.files': 'Pielikumi',
  'attachment.list': 'Pievienotie faili',
  'attachment.hint': 'PDF, attēli (JPEG, PNG, WebP) vai EDOC; līdz {most, plural, zero {# failiem} one {# failam} other {# failiem}}, katrs līdz {size} MB. Attēlos nepaliek ziņas par uzņemšanas vietu un ierīci.',
  'attachment.again': 'Izvēlieties failus vēlreiz: pārlūks tos neatceras.',
  'attachment.kind.pdf': 'PDF',
  'attachment.kind.jpeg': 'JPEG attēls',
  'attachment.kind.png': 'PNG attēls',
  'attachment.kind.webp': 'WebP attēls',
  'attachment.kind.edoc': 'EDOC',
  'attachment.contents': 'Tajā {count, plural, zero {# faili} one {# fails} other {# faili}}',
  'attachment.remove': 'Noņemt',
  'problem.files-too-many': 'Pielikumu var būt ne vairāk kā {most}',
  'problem.file-too-large': '„{name}” ir lielāks par {size} MB',
  'problem.file-empty': '„{name}” ir tukšs fails',
  'problem.file-kind': '„{name}” pēc satura nav ne PDF, ne JPEG, PNG vai WebP attēls, ne EDOC. Citus failus nepieņemam',
  'problem.file-damaged': '„{name}” ir bojāts vai nav pilnīgs. Atveriet to savā ierīcē un saglabājiet no jauna',
  'problem.file-pixels': '„{name}” ir pārāk liels attēls: ne vairāk kā 50 megapikseļi',
  'problem.file-bomb': '„{name}” izpakots būtu bīstami liels, tāpēc to nepieņemam',
} as const
