// A browser by the name that people know it by, from what it says of itself.

const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

/** Phones say that they are like a computer too, so they come first. */
const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

const first = (names: readonly [RegExp, string][], said: string) => names.find(([pattern]) => pattern.test(said))?.[1]

/** `Firefox, Windows`; undefined when neither is known, such as for a program. */
export function deviceName(userAgent: string): string | undefined {
  return [first(browsers, userAgent), first(systems, userAgent)].filter(Boolean).join(', ') || undefined
}
