// The namespaces and algorithms that the official e-address service speaks in (INTERFACES 1.1 and 1.3).

export const ns = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  wsa: 'http://www.w3.org/2005/08/addressing',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  uui: 'http://vraa.gov.lv/xmlschemas/div/uui/2011/11',
  arrays: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
  div: 'http://ivis.eps.gov.lv/XMLSchemas/100001/DIV/v1-0',
  address: 'http://ivis.eps.gov.lv/XMLSchemas/100001/Address/v1-1',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
} as const

export const actionOf = (operation: string): string => `http://vraa.gov.lv/div/uui/2011/11/UnifiedServiceInterface/${operation}`

export const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
export const sha512 = 'http://www.w3.org/2001/04/xmlenc#sha512'
export const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const rsaSha512 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'
