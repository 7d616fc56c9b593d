const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(?:Headless)?Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** A browser's own description in few words, "Chrome, Linux"; what is not known stays as it is. */
export function deviceName(userAgent: string): string {
  const found = [browsers, systems].map((list) => list.find(([sign]) => sign.test(userAgent))?.[1])
  const known = found.filter((name) => name !== undefined)
  return known.length > 0 ? known.join(', ') : userAgent
}
