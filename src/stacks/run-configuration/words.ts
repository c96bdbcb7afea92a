/**
 * Every run configuration has one of these: parts of the fields that tell it from other YAML. A search for words takes a
 * fraction of the time that reading takes.
 */
export const runConfigurationWords: readonly string[] = [
  'steps',
  'settings',
  'enable_',
  'run_name',
  'model_config',
  'cache_policy',
  'execution_mode',
  'substitutions',
  'step_input',
  'skip_succ',
  '_hook',
]
