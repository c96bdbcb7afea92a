import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { u32 } from '@noble/ciphers/utils.js'
import { blake2b } from '@noble/hashes/blake2.js'

/** A key pair of X25519, each key 32 bytes in base64. */
export interface BoxKeys {
  readonly publicKey: string
  readonly privateKey: string
}

export function makeBoxKeys(): BoxKeys {
  const { x = '', d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64')
  return { publicKey: base64(x), privateKey: base64(d) }
}

/** The text of a sealed box, in base64; `undefined` where the box is of another key or was changed. */
export function openSealedBox(box: string, keys: BoxKeys): string | undefined {
  const bytes = Buffer.from(box, 'base64')
  const sender = bytes.subarray(0, 32)
  const own = Buffer.from(keys.publicKey, 'base64')
  const jwk = (x: Buffer) => ({ kty: 'OKP', crv: 'X25519', x: x.toString('base64url') })
  const d = Buffer.from(keys.privateKey, 'base64').toString('base64url')
  const shared = diffieHellman({
    privateKey: createPrivateKey({ key: { ...jwk(own), d }, format: 'jwk' }),
    publicKey: createPublicKey({ key: jwk(sender), format: 'jwk' }),
  })
  const key = new Uint8Array(32)
  const words = (text: Uint8Array) => u32(Uint8Array.from(text))
  hsalsa(words(Buffer.from('expand 32-byte k')), words(shared), new Uint32Array(4), u32(key))
  const nonce = blake2b(Buffer.concat([sender, own]), { dkLen: 24 })
  try {
    return Buffer.from(xsalsa20poly1305(key, nonce).decrypt(Uint8Array.from(bytes.subarray(32)))).toString('utf8')
  } catch {
    return undefined
  }
}
