// Known answers for signing, made once with openssl 3.0. The key guards nothing: tests only.

/** PKCS#8 as bare base64. */
export const rsaPrivateKey =
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDDKNNlMjkmx7mdBzbbl5Z0hXnZhUI6Q5HBt9VwvK7Q' +
  'sHP6Z5w3kJRKd1cH/cc0TBlR4ksq2F73QRW62gCJWg6/+gKHTXdB5Qvy4crAeSHjF0BA9Z2s16VeSCpxGFP7AywivsjY' +
  'OamafKo37cDt3Bfs+/DIQ1wk1JIL3WZJTyOWIYU2omoKFPjKFWpG84+G2OeyrjX4EGTmBHJozANUILvu85ELi4X//UsF' +
  'bAef7P95Onl+cIE5kyEIV4ZgHmL42CcpQZ5ttPoat9maZ4s9SIydly5EyAhBMyF6wIKiMwaHmJC56AtF3IG5lBEwATAl' +
  'EDMix4SwCta/SVqKTEXteqUJAgMBAAECggEAC6cf5uPL+s9Oe3GnVQ76P681RTI07/gB4isWYQVl0MsrGaa0crLneoIh' +
  'XbZJqIs/Wx7OddqhN6qYtWVNRpDsiYpQOquln8x2iARIZXFg1HJFIWZ+Xt1/dR+M/TTCgEiXtY67vQFwaZY2WbbmCq3W' +
  'II3d5Nn0zLQum5ZsLvC9Q2UBIyd6Z1RSd3GaoPhSGGT8HPGbTA2Xzw+KmE2pnQ7NeIvcecZUKIhpLp4NYkfzP+0X5Bac' +
  'EwU1JOnP/UWgOtZdoBKEOumeYKi6Ki8ldtR3fhN6yYTASW6AZl4Pr9n9U6qaOZBmGbXbtCi9bYT3ih0SfvxFM9UvUjo2' +
  'znIsqJw0yQKBgQD5eSDfZ3+8AFEfXNUF6OoKODnKRWJLGUqRxgWcBXt3zIeQ21VQ1gE5AbQmFrJ1R92548GLurbu6z+Z' +
  '5b/9hEe98XB1ND82QXI+buPS2K+1QYOgBGIARpM+l2h/wV4C1Rlm3lC2CRLrzTBNJXQKxezy+t+aeFSX6KK5iEqwqIyX' +
  'tQKBgQDIQ+0OSLEZFYTJZkpBeiSbeVxoGa4vpqDuaryYkKj15BOYSAQDUqkagaMDCsV9f512AWz+cE65jBp4eLyRij6g' +
  'mapY2t9Sw0BL/BNRmP4A2uUrupnVuW+xjEs9ZvyEPNfbyiueaeW40CHDFijPNUAl84qdDDyWK1L3GehYim0EhQKBgQCl' +
  'xBnWuHQE3QUKXOnjemeBEOk9gSsWEaEeCcGScYYgDVSLKWKgSwMW+Q3WPUCpc25eZXsmuJNzX/er8CDJeMse6D48ctIJ' +
  '4CTkXVSetoLSYszuV9syqbKPZZX3ReqM4UJ2uwRQYOkkq/wLVvarbebLcW2Au7IiGl99/pT6m5SH/QKBgC4aLQVfyJ08' +
  're/rQ2blZm4ANzyjxMylcGDSY44/pxXMJpKk6X+WVOWMOGmn3iTw7t/OnjfIxObEEQfwy4A5sgcouOVxpX2ZA0E6y3u6' +
  'W6b4vU8eyvE/mi3mXR/KiJEsrIildvsl58Nu7obJoCVrXdQex6c1vPDZEmVeKnXPkB89AoGAPSZkCK8HJxy/t2D3siAL' +
  'G90yzH1/o9BegeMqNT2Vomi5aD9RUMncNSmAkbRHzZTRzcMy23rV26EOwY7H3IwWxHsZAT+ME/IUytIynVhKiYIyKv2n' +
  'DPLPcmqDOkuGyMBlDrdB0Cr+vOe7MD6TzYXpUktggtuVtj2t046yms+LEPE=';

/** The same key as PKCS#1, the form that the Python and PHP SDKs take. */
export const rsaPrivateKeyPkcs1 =
  'MIIEowIBAAKCAQEAwyjTZTI5Jse5nQc225eWdIV52YVCOkORwbfVcLyu0LBz+mecN5CUSndXB/3HNEwZUeJLKthe90EV' +
  'utoAiVoOv/oCh013QeUL8uHKwHkh4xdAQPWdrNelXkgqcRhT+wMsIr7I2DmpmnyqN+3A7dwX7PvwyENcJNSSC91mSU8j' +
  'liGFNqJqChT4yhVqRvOPhtjnsq41+BBk5gRyaMwDVCC77vORC4uF//1LBWwHn+z/eTp5fnCBOZMhCFeGYB5i+NgnKUGe' +
  'bbT6GrfZmmeLPUiMnZcuRMgIQTMhesCCojMGh5iQuegLRdyBuZQRMAEwJRAzIseEsArWv0laikxF7XqlCQIDAQABAoIB' +
  'AAunH+bjy/rPTntxp1UO+j+vNUUyNO/4AeIrFmEFZdDLKxmmtHKy53qCIV22SaiLP1seznXaoTeqmLVlTUaQ7ImKUDqr' +
  'pZ/MdogESGVxYNRyRSFmfl7df3UfjP00woBIl7WOu70BcGmWNlm25gqt1iCN3eTZ9My0LpuWbC7wvUNlASMnemdUUndx' +
  'mqD4Uhhk/Bzxm0wNl88PiphNqZ0OzXiL3HnGVCiIaS6eDWJH8z/tF+QWnBMFNSTpz/1FoDrWXaAShDrpnmCouiovJXbU' +
  'd34TesmEwElugGZeD6/Z/VOqmjmQZhm127QovW2E94odEn78RTPVL1I6Ns5yLKicNMkCgYEA+Xkg32d/vABRH1zVBejq' +
  'Cjg5ykViSxlKkcYFnAV7d8yHkNtVUNYBOQG0JhaydUfduePBi7q27us/meW//YRHvfFwdTQ/NkFyPm7j0tivtUGDoARi' +
  'AEaTPpdof8FeAtUZZt5QtgkS680wTSV0CsXs8vrfmnhUl+iiuYhKsKiMl7UCgYEAyEPtDkixGRWEyWZKQXokm3lcaBmu' +
  'L6ag7mq8mJCo9eQTmEgEA1KpGoGjAwrFfX+ddgFs/nBOuYwaeHi8kYo+oJmqWNrfUsNAS/wTUZj+ANrlK7qZ1blvsYxL' +
  'PWb8hDzX28ornmnluNAhwxYozzVAJfOKnQw8litS9xnoWIptBIUCgYEApcQZ1rh0BN0FClzp43pngRDpPYErFhGhHgnB' +
  'knGGIA1UiylioEsDFvkN1j1AqXNuXmV7JriTc1/3q/AgyXjLHug+PHLSCeAk5F1UnraC0mLM7lfbMqmyj2WV90XqjOFC' +
  'drsEUGDpJKv8C1b2q23my3FtgLuyIhpfff6U+puUh/0CgYAuGi0FX8idPK3v60Nm5WZuADc8o8TMpXBg0mOOP6cVzCaS' +
  'pOl/llTljDhpp94k8O7fzp43yMTmxBEH8MuAObIHKLjlcaV9mQNBOst7ulum+L1PHsrxP5ot5l0fyoiRLKyIpXb7JefD' +
  'bu6GyaAla13UHsenNbzw2RJlXip1z5AfPQKBgD0mZAivByccv7dg97IgCxvdMsx9f6PQXoHjKjU9laJouWg/UVDJ3DUp' +
  'gJG0R82U0c3DMtt61duhDsGOx9yMFsR7GQE/jBPyFMrSMp1YSomCMir9pwzyz3JqgzpLhsjAZQ63QdAq/rznuzA+k82F' +
  '6VJLYILblbY9rdOOsprPixDx';

/** SPKI as bare base64. */
export const rsaPublicKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwyjTZTI5Jse5nQc225eWdIV52YVCOkORwbfVcLyu0LBz+mec' +
  'N5CUSndXB/3HNEwZUeJLKthe90EVutoAiVoOv/oCh013QeUL8uHKwHkh4xdAQPWdrNelXkgqcRhT+wMsIr7I2Dmpmnyq' +
  'N+3A7dwX7PvwyENcJNSSC91mSU8jliGFNqJqChT4yhVqRvOPhtjnsq41+BBk5gRyaMwDVCC77vORC4uF//1LBWwHn+z/' +
  'eTp5fnCBOZMhCFeGYB5i+NgnKUGebbT6GrfZmmeLPUiMnZcuRMgIQTMhesCCojMGh5iQuegLRdyBuZQRMAEwJRAzIseE' +
  'sArWv0laikxF7XqlCQIDAQAB';

/** A request whose body is not ASCII, so that UTF-8 counts. */
export const knownRequest = {
  method: 'POST',
  uri: '/aps/api/v1/payments/pay',
  clientId: 'SANDBOX_5Y0001',
  time: '2019-04-04T12:08:56+05:30',
  body: '{"paymentRequestId":"P1","note":"麵"}',
} as const;

/** `openssl dgst -sha256 -sign` over the content of `knownRequest`, base64. */
export const knownSignature =
  'Pp46W92GDz6dVWM2bkDkxjkqdqT3Z5VGgP9ssZPMSWkwJZy+7qzgsE/V4EpwKUCY55tGGgG5M0CW1zLQKidvzhc1Ft6S' +
  '7eF7kUOEwjRb6tdIqLoq31KnerKN26AzqjTe1h5ITC/e/nIRbBk4+CsgtQpfY6Zw/keSUM8t2jo/p58mAdiRp8j2nDxx' +
  'wPxELzKNAskUX8HSzHpD5YPpcrCJ2gigg56GgrmCRfiy6+I6SeuDLKSm2qVU6NbQYH3dfnFNm+VjaP0YSjlZPzPPpj2i' +
  'dikwMr5kRi3weGftJA5/YNf2qucDcXWvRE2QmQxiP2Dm7SY0HeJT4itYo5ON+7KrTg==';

/** RFC 6979 A.2.5, curve P-256, SHA-256, message "sample": a point and its signature, hex. */
export const rfc6979 = {
  x: '60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6',
  y: '7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299',
  r: 'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716',
  s: 'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
} as const;
