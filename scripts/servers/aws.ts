import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AwsProxy, startAwsProxy } from './aws-proxy.ts'
import { cacheFolder, freePort, installOnce, startDetached, stop, waitUntilReady } from './lib.ts'

const version = '5.2.1'

/** AWS Secrets Manager and STS as an emulator has them. Any credentials are good. */
export interface AwsServer extends AwsProxy {
  readonly region: string
  readonly account: string
  /** Process id of the emulator. */
  readonly pid: number
  readonly state: string
  /** Forgets every secret, every fault and the log. */
  reset(): Promise<void>
}

/** moto on a free port of 127.0.0.1, behind a proxy in this process that corrects what it gets wrong. */
export async function startAws(): Promise<AwsServer> {
  const folder = await installOnce({
    name: `moto-${version}`,
    script: 'python3 -m venv "$1"; "$1/bin/pip" install -q --disable-pip-version-check "moto[server]==$2"',
    words: [version],
  })
  const port = await freePort()
  const state = join(cacheFolder(), 'run', `moto-${port}`)
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const upstream = `http://127.0.0.1:${port}`
  const started = startDetached({
    file: join(folder, 'bin/moto_server'),
    args: ['-H', '127.0.0.1', '-p', String(port)],
    env: process.env,
    cwd: state,
  })
  await waitUntilReady(started, `${upstream}/moto-api/data.json`, 60)
  const proxy = await startAwsProxy(upstream)
  const reset = async () => {
    await fetch(`${upstream}/moto-api/reset`, { method: 'POST' })
    proxy.clear()
  }
  return { ...proxy, region: 'us-east-1', account: '123456789012', pid: started.pid, state, reset }
}

/** Ends the emulator and its proxy. */
export async function stopAws({ pid, state, close }: AwsServer): Promise<void> {
  await close()
  stop(pid)
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
}

// Serves until its process is ended, since the proxy lives in it.
if (import.meta.main) {
  const server = await startAws()
  const { url, region, account, state } = server
  console.log(JSON.stringify({ url, region, account, pid: process.pid, motoPid: server.pid, state }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopAws(server).finally(() => process.exit(0)))
  }
}
