// Why a signature does not fit: the faults that engineers make, with words in both languages.

/** Words in English and Simplified Chinese. */
export interface FaultWords {
  readonly en: string;
  readonly zh: string;
}

const words = (en: string, zh: string): FaultWords => ({ en, zh });

/** Every fault that is recognised, in the order in which they are looked for. */
export const signatureFaults = {
  no_client_id: words(
    'The header Client-Id is missing. Send your id with every message.',
    '缺少 Client-Id 头。每条报文都必须带上您的标识。',
  ),
  no_time: words(
    'The header Request-Time is missing (in an answer: Response-Time).',
    '缺少 Request-Time 头（应答中为 Response-Time）。',
  ),
  no_signature: words('The header Signature is missing.', '缺少 Signature 头。'),
  header_twice: words(
    'A header is given twice; such a header counts as missing.',
    '同一个头出现了两次，视为缺失。',
  ),
  signature_unreadable: words(
    'The header Signature has no readable part signature=… Write ' +
      'algorithm=RSA256,keyVersion=1,signature=…',
    'Signature 头中没有可读的 signature=… 部分。请写成 algorithm=RSA256,keyVersion=1,signature=…',
  ),
  signature_not_base64: words(
    'The signature is not base64. Encode the bytes as base64, then URL-encode them.',
    '签名不是 base64。请先将字节编码为 base64，再进行 URL 编码。',
  ),
  signature_hex: words(
    'The signature is hexadecimal. Encode the bytes as base64, then URL-encode them.',
    '签名是十六进制。请改为 base64，再进行 URL 编码。',
  ),
  signature_encoded_twice: words(
    'The signature is URL-encoded twice. Encode it once.',
    '签名被 URL 编码了两次。请只编码一次。',
  ),
  signature_spaces: words(
    'The signature has spaces where base64 has "+": something URL-decoded it. URL-encode it ' +
      'when you send it.',
    '签名中的“+”变成了空格：有程序对它做了 URL 解码。发送时请进行 URL 编码。',
  ),
  signature_cut: words(
    'The signature is shorter than a signature of this key: it was cut off.',
    '签名比此密钥的签名短：它被截断了。',
  ),
  key_unreadable: words(
    'The public key cannot be read. Give PEM or base64 of an RSA key (2048 to 4096 bits) or ' +
      'a P-256 key.',
    '无法读取公钥。请提供 RSA（2048 至 4096 位）或 P-256 公钥的 PEM 或 base64。',
  ),
  key_private: words(
    'This is a private key. Never hand it to anybody; give the public key, and make a new pair.',
    '这是私钥。切勿交给任何人；请提供公钥，并重新生成密钥对。',
  ),
  key_version_unknown: words(
    'No key of this keyVersion is registered.',
    '没有登记此 keyVersion 的密钥。',
  ),
  key_version_wrong: words(
    'It was signed with another registered key than the one that keyVersion names.',
    '签名使用的密钥与 keyVersion 所指的不同。',
  ),
  algorithm_mismatch: words(
    'The header names another algorithm than the key is for (RSA: RSA256, P-256: ES256).',
    '头中的算法与密钥不符（RSA 对应 RSA256，P-256 对应 ES256）。',
  ),
  time_unreadable: words(
    'The time is in no form that is read: ISO 8601 with an offset, or 13 digits of epoch ' +
      'milliseconds.',
    '时间格式无法识别：应为带时区的 ISO 8601，或 13 位毫秒时间戳。',
  ),
  time_stale: words(
    'The time is more than five minutes from the clock that judges it. Sign again with a ' +
      'fresh time.',
    '时间与校验时钟相差超过五分钟。请用最新时间重新签名。',
  ),
  digest_other: words(
    'It was signed with another digest than SHA-256.',
    '签名使用的摘要算法不是 SHA-256。',
  ),
  padding_pss: words(
    'It was signed with RSA-PSS. Use PKCS#1 v1.5 (SHA256withRSA).',
    '签名使用了 RSA-PSS。请使用 PKCS#1 v1.5（SHA256withRSA）。',
  ),
  method_other: words(
    'Another method was signed. The first word is POST, in capitals.',
    '签名时的方法不同。第一个词应为大写的 POST。',
  ),
  uri_absolute: words(
    'The whole address was signed. Sign the path alone, without scheme and host.',
    '签名时用了完整网址。只签路径，不含协议和主机。',
  ),
  uri_without_query: words(
    'The query string was left out. It belongs to the signed path.',
    '签名时漏掉了查询参数。它属于被签名的路径。',
  ),
  uri_slash: words(
    'The path was signed with a slash too many or too few.',
    '签名时路径多了或少了一个斜杠。',
  ),
  uri_encoded: words(
    'The path was signed in another encoding than it was sent. Sign it exactly as sent.',
    '签名时路径的编码与发送时不同。请按发送的内容签名。',
  ),
  separator_line: words(
    'The first line does not end in a single line feed (\\n). No \\r\\n, no blank, no text "\\n".',
    '第一行没有以单个换行符（\\n）结束。不能是 \\r\\n、空格或文字“\\n”。',
  ),
  separator_dots: words(
    'Client-Id, time and body are not joined by dots.',
    'Client-Id、时间与正文之间没有用点号连接。',
  ),
  client_id_other: words(
    'Another Client-Id was signed than the one in the header.',
    '签名时的 Client-Id 与头中的不同。',
  ),
  time_other: words(
    'The time was signed in another form than it was sent. Sign the text of the header.',
    '签名时的时间格式与发送的不同。请对头中的原文签名。',
  ),
  body_bom: words(
    'A byte order mark (BOM) is in the body on one side only. Send UTF-8 without it.',
    '正文只有一侧带有字节顺序标记（BOM）。请发送不带 BOM 的 UTF-8。',
  ),
  body_crlf: words(
    'Line ends differ: CRLF on one side, LF on the other. Something rewrote them.',
    '换行符不同：一侧是 CRLF，另一侧是 LF。有程序改写了它们。',
  ),
  body_edge: words(
    'White space at the beginning or end of the body differs, often a last line end.',
    '正文首尾的空白不同，通常是末尾的换行。',
  ),
  body_reserialised: words(
    'The body was written as JSON a second time: blanks, order or escapes differ. Send the ' +
      'text that you signed.',
    '正文被重新序列化为 JSON：空格、顺序或转义不同。请发送您签名的那段文本。',
  ),
  body_encoding: words(
    'The body was signed in another character encoding. Sign and send UTF-8.',
    '签名时正文用了其他字符编码。签名与发送都应使用 UTF-8。',
  ),
  body_empty: words('It was signed without the body.', '签名时没有包含正文。'),
  not_recognised: words(
    'The signature fits none of the usual faults: another key signed it, or other content. ' +
      'Compare the content below byte by byte with what you signed.',
    '不属于常见错误：可能是另一把密钥，或签名的内容不同。请逐字节比较下面的内容与您签名的内容。',
  ),
} as const satisfies Record<string, FaultWords>;

export type SignatureFault = keyof typeof signatureFaults;
