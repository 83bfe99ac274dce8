// Personas un profili.

export const people = {
  'sign-in.title': 'Ieiet sistēmā',
  'sign-in.demo': 'Izvēlieties, kā acīm skatīties. Parole demonstrācijā nav vajadzīga.',
} as const
