import { componentTypes } from '../component-types.ts'

/**
 * The fields of ZenML's `StepConfigurationUpdate`, of every version since 0.20, that no other program's steps are likely
 * to have. ZenML refuses any other field, and so does the recognition of its files.
 */
const ownStepFields: readonly string[] = [
  'enable_cache',
  'enable_artifact_metadata',
  'enable_artifact_visualization',
  'enable_step_logs',
  'step_operator',
  'experiment_tracker',
  'failure_hook_source',
  'success_hook_source',
  'start_hook_source',
  'end_hook_source',
  'cache_policy',
  'substitutions',
  'heartbeat_healthy_threshold',
  'model_config',
]

const sharedStepFields: readonly string[] = [
  'name',
  'parameters',
  'settings',
  'environment',
  'secrets',
  'extra',
  'model',
  'retry',
  'outputs',
  'runtime',
  'group',
]

/** The same for ZenML's `PipelineRunConfiguration` and the one that replays a run. */
const ownPipelineFields: readonly string[] = [
  'run_name',
  'enable_cache',
  'enable_artifact_metadata',
  'enable_artifact_visualization',
  'enable_step_logs',
  'enable_pipeline_logs',
  'enable_heartbeat',
  'init_hook_source',
  'init_hook_kwargs',
  'cleanup_hook_source',
  'failure_hook_source',
  'success_hook_source',
  'start_hook_source',
  'end_hook_source',
  'substitutions',
  'cache_policy',
  'execution_mode',
  'model_config',
  'skip_successful_steps',
  'steps_to_skip',
  'step_input_overrides',
]

const sharedPipelineFields: readonly string[] = [
  'schedule',
  'build',
  'steps',
  'settings',
  'environment',
  'secrets',
  'tags',
  'extra',
  'model',
  'parameters',
  'retry',
]

/** Which fields a map may have, and which of them say that it is ZenML's. */
export interface Fields {
  readonly all: ReadonlySet<string>
  readonly own: ReadonlySet<string>
}

export const stepFields: Fields = fieldsOf(ownStepFields, sharedStepFields)
export const pipelineFields: Fields = fieldsOf(ownPipelineFields, sharedPipelineFields)

function fieldsOf(own: readonly string[], shared: readonly string[]): Fields {
  return { all: new Set([...own, ...shared]), own: new Set(own) }
}

/** Types of component whose names are words of many programs. */
const commonTypes: ReadonlySet<string> = new Set(['alerter', 'annotator', 'deployer', 'sandbox'])

/**
 * How much a key below `settings` speaks for ZenML: `orchestrator` and `step_operator.vertex` prove it, `docker` and
 * `resources` as far as what is in them does.
 */
export function settingsWeight(key: string, fields: readonly string[]): number {
  const dot = key.indexOf('.')
  const type = dot < 0 ? key : key.slice(0, dot)
  const own = key === 'docker' ? dockerFields : resourceFields
  if (key === 'docker' || key === 'resources') return fields.some(field => own.has(field)) ? 2 : 1
  if (!componentTypes.has(type)) return 0
  return dot < 0 && commonTypes.has(type) ? 1 : 2
}

/** Fields of ZenML's `DockerSettings` and `ResourceSettings` that are hardly those of another program. */
const dockerFields: ReadonlySet<string> = new Set([
  'parent_image',
  'required_integrations',
  'install_stack_requirements',
  'replicate_local_python_environment',
  'python_package_installer',
  'python_package_installer_args',
  'parent_image_build_config',
  'prevent_build_reuse',
  'apt_packages',
  'required_hub_plugins',
  'copy_global_config',
  'copy_files',
  'allow_including_files_in_images',
  'allow_download_from_code_repository',
  'allow_download_from_artifact_store',
  'build_context_root',
  'requirements',
  'skip_build',
  'source_files',
  'target_repository',
])

const resourceFields: ReadonlySet<string> = new Set(['cpu_count', 'gpu_count', 'pool_size', 'step_concurrency'])
