// Paziņojumi un to e-pasti.

export const notices = {
  'notice.INSPECTION_DUE.name': 'Pārbaudes termiņš',
  'notice.INSPECTION_DUE.title.ahead': 'Tuvojas pārbaudes termiņš: {type}',
  'notice.INSPECTION_DUE.title.passed': 'Pārbaudes termiņš ir pagājis: {type}',
  'notice.INSPECTION_DUE.text.ahead':
    '{type} ēkai {address} (kadastra apzīmējums {designation}) jāveic līdz {date}. Lūdzu, laikus vienojieties ar pārbaudes veicēju. Kad pārbaude ir veikta, reģistrējiet to ekspluatācijas lietā {caseNumber}, un nākamais termiņš tiks aprēķināts no jauna.',
  'notice.INSPECTION_DUE.text.passed':
    '{type} ēkai {address} (kadastra apzīmējums {designation}) bija jāveic līdz {date}. Lūdzu, organizējiet to iespējami drīz. Ja pārbaude jau ir veikta, reģistrējiet to ekspluatācijas lietā {caseNumber}, un nākamais termiņš tiks aprēķināts no jauna.',
  'notice.LIMIT_EXCEEDED.name': 'Pārbaudes periods pārsniedz atļauto',
  'notice.LIMIT_EXCEEDED.title': 'Pārbaudes periods ir garāks, nekā atļauts: {type}',
  'notice.LIMIT_EXCEEDED.text':
    'Ēkai {address} (kadastra apzīmējums {designation}) ir publiskas būves pazīme, tāpēc pārbaude „{type}” jāveic vismaz reizi {years, plural, zero {# gados} one {# gadā} other {# gados}}. Iestatītais periods ir garāks. Lūdzu, saīsiniet to ekspluatācijas lietā {caseNumber}.',
  'mail.subject': '{title} – {about}',
  'mail.greeting': 'Labdien!',
  'mail.open': 'Atvērt paziņojumu',
  'mail.why': 'Šo e-pastu saņemat, jo paziņojums ir adresēts profilam „{profile}”. Tas glabājas arī šī profila paziņojumu sarakstā sistēmā Nams.',
  'mail.automatic': 'E-pasts nosūtīts automātiski, atbildes uz to netiek lasītas.',
} as const
