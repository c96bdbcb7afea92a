import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { StoredSecret } from './aws-store.ts'

interface Stored extends StoredSecret {
  DeletedDate?: number
  readonly isHidden: boolean
  /** Ids of the current version and the one before. */
  readonly current: string
  readonly previous?: string
}

export interface FakeAws {
  readonly url: string
  /** Secrets created from here on are in no list yet, as for minutes in AWS. */
  hideNew(hide: boolean): void
  clear(): void
  close(): Promise<void>
}

class Refusal extends Error {}

/** The calls of AWS Secrets Manager and STS that we make, from the service's published description, in memory. */
export async function startFakeAws(): Promise<FakeAws> {
  const secrets = new Map<string, Stored>()
  let isHidden = false
  const operations = new Map<string, (input: any) => unknown>([
    ['CreateSecret', create],
    ['PutSecretValue', put],
    ['DeleteSecret', remove],
    ['DescribeSecret', ({ SecretId }) => metadata(existing(SecretId))],
    ['GetSecretValue', ({ SecretId }) => value(SecretId)],
    ['BatchGetSecretValue', batch],
    ['ListSecrets', list],
  ])

  function existing(id: string): Stored {
    const secret = secrets.get(id)
    if (!secret) throw new Refusal('ResourceNotFoundException')
    return secret
  }

  function create({ ClientRequestToken = '', ...secret }: any) {
    const { Name } = secret
    const before = secrets.get(Name)
    if (before?.DeletedDate !== undefined) throw new Refusal('InvalidRequestException')
    // The same token and the same value: a call that was made again.
    const isAgain = before?.current === ClientRequestToken && before?.SecretString === secret.SecretString
    if (before && !isAgain) throw new Refusal('ResourceExistsException')
    secrets.set(Name, { ...secret, isHidden, current: ClientRequestToken })
    return { ARN: arnOf(Name), Name, VersionId: ClientRequestToken }
  }

  function put({ SecretId, SecretString, ClientRequestToken }: any) {
    const { current, ...secret } = existing(SecretId)
    if (secret.DeletedDate !== undefined) throw new Refusal('InvalidRequestException')
    secrets.set(SecretId, { ...secret, SecretString, current: ClientRequestToken, previous: current })
    return { ARN: arnOf(SecretId), Name: SecretId, VersionId: ClientRequestToken, VersionStages: ['AWSCURRENT'] }
  }

  function remove({ SecretId, ForceDeleteWithoutRecovery = false }: any) {
    if (ForceDeleteWithoutRecovery) secrets.delete(SecretId)
    else Object.assign(existing(SecretId), { DeletedDate: 1_800_000_000 })
    return { ARN: arnOf(SecretId), Name: SecretId }
  }

  function metadata({ Name, Tags, DeletedDate, current, previous }: Stored) {
    const VersionIdsToStages = { [current]: ['AWSCURRENT'], ...(previous && { [previous]: ['AWSPREVIOUS'] }) }
    const dates = { CreatedDate: 1_790_000_000, LastChangedDate: 1_790_000_001 }
    return { ARN: arnOf(Name), Name, Tags, DeletedDate, ...dates, VersionIdsToStages }
  }

  function value(id: string) {
    const { Name, SecretString, SecretBinary, DeletedDate, current } = existing(id)
    if (DeletedDate !== undefined) throw new Refusal('InvalidRequestException')
    if (SecretString === undefined && SecretBinary === undefined) throw new Refusal('ResourceNotFoundException')
    return { Name, SecretString, SecretBinary, VersionId: current }
  }

  function batch({ SecretIdList: ids }: { readonly SecretIdList: readonly string[] }) {
    if (ids.length === 0 || ids.length > 20) throw new Refusal('InvalidParameterException')
    const SecretValues: unknown[] = []
    const Errors: unknown[] = []
    for (const SecretId of ids) {
      try {
        SecretValues.push(value(SecretId))
      } catch (error) {
        Errors.push({ SecretId, ErrorCode: error instanceof Refusal ? error.message : '', Message: 'refused' })
      }
    }
    return { SecretValues, Errors }
  }

  function list({ Filters = [], MaxResults = 100, NextToken = '0', IncludePlannedDeletion = false }: any) {
    if (MaxResults > 100 || !Filters.every(isAllowed)) throw new Refusal('InvalidParameterException')
    const start = Number(NextToken)
    const listed = [...secrets.values()].filter(
      secret =>
        !secret.isHidden &&
        (IncludePlannedDeletion || secret.DeletedDate === undefined) &&
        Filters.every(
          ({ Key, Values }: any) => Key === 'name' && Values.some((prefix: string) => secret.Name.startsWith(prefix)),
        ),
    )
    const end = start + MaxResults
    return {
      SecretList: listed.slice(start, end).map(metadata),
      NextToken: end < listed.length ? String(end) : undefined,
    }
  }

  const server = createServer(async (request, response) => {
    const body = await text(request)
    const target = String(request.headers['x-amz-target'] ?? '')
    if (target === '') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(identityXml)
      return
    }
    const type = { 'content-type': 'application/x-amz-json-1.1' }
    try {
      const result = operations.get(target.split('.')[1] ?? '')?.(JSON.parse(body)) ?? {}
      response.writeHead(200, type).end(JSON.stringify(result))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      response.writeHead(400, type).end(JSON.stringify({ __type: error.message, message: 'refused' }))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    hideNew: hide => {
      isHidden = hide
    },
    clear: () => {
      isHidden = false
      secrets.clear()
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function arnOf(name: string): string {
  return `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-a1b2c3`
}

/** The limits of the service's description. */
function isAllowed({ Values }: { readonly Values: readonly string[] }): boolean {
  const pattern = /^!?[a-zA-Z0-9 :_@/+=.!-]*$/
  return Values.length >= 1 && Values.length <= 10 && Values.every(value => value.length <= 512 && pattern.test(value))
}

const identityXml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:sts::123456789012:assumed-role/ci/run</Arn><UserId>AROA:run</UserId><Account>123456789012</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`
