type SchemaOf = ReadonlyMap<string, Presence> | 'any'

/** `default`: ZenML fills it in, so it exists though nothing is stored. */
type Presence = 'required' | 'optional' | 'default'

/**
 * The secret schemas of ZenML 0.13 – 0.52 and the keys each allows; `arbitrary` allows any. A stored secret names its
 * schema, and ZenML refuses to read one of a schema it does not know, with a key the schema lacks, or without a
 * required key.
 */
export const secretSchemas: ReadonlyMap<string, SchemaOf> = new Map<string, SchemaOf>([
  ['arbitrary', 'any'],
  ['aws', schema({ required: ['aws_access_key_id', 'aws_secret_access_key'], optional: ['aws_session_token'] })],
  [
    'azure',
    schema({
      optional: [
        'account_name',
        'account_key',
        'sas_token',
        'connection_string',
        'client_id',
        'client_secret',
        'tenant_id',
      ],
    }),
  ],
  ['gcp', schema({ required: ['token'] })],
  ['basic_auth', schema({ required: ['username', 'password'] })],
  [
    'mysql',
    schema({ optional: ['user', 'password', 'ssl_ca', 'ssl_cert', 'ssl_key'], default: ['ssl_verify_server_cert'] }),
  ],
  [
    'whylabs',
    schema({ required: ['whylabs_default_org_id', 'whylabs_api_key'], optional: ['whylabs_default_dataset_id'] }),
  ],
  [
    'kserve_s3',
    schema({
      optional: ['credentials', 'service_account', 's3_endpoint', 's3_region', 's3_use_https', 's3_verify_ssl'],
      default: ['storage_type'],
    }),
  ],
  ['kserve_gs', schema({ optional: ['credentials', 'service_account'], default: ['storage_type'] })],
  ['kserve_az', schema({ optional: ['credentials'], default: ['storage_type'] })],
  [
    'seldon_s3',
    schema({
      prefix: 'rclone_config_s3_',
      optional: ['access_key_id', 'secret_access_key', 'session_token', 'region', 'endpoint'],
      default: ['type', 'provider', 'env_auth'],
    }),
  ],
  [
    'seldon_gs',
    schema({
      prefix: 'rclone_config_gs_',
      optional: [
        'client_id',
        'client_secret',
        'project_number',
        'service_account_credentials',
        'token',
        'auth_url',
        'token_url',
      ],
      default: ['type', 'anonymous'],
    }),
  ],
  [
    'seldon_az',
    schema({
      prefix: 'rclone_config_azureblob_',
      optional: ['account', 'key', 'sas_url'],
      default: ['type', 'use_msi'],
    }),
  ],
])

interface SchemaKeys extends Partial<Readonly<Record<Presence, readonly string[]>>> {
  readonly prefix?: string
}

function schema({ prefix = '', required = [], optional = [], default: defaults = [] }: SchemaKeys) {
  const keys = new Map<string, Presence>()
  for (const key of required) keys.set(prefix + key, 'required')
  for (const key of optional) keys.set(prefix + key, 'optional')
  for (const key of defaults) keys.set(prefix + key, 'default')
  return keys
}
