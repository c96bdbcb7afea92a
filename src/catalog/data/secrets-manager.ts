// Made by scripts/catalog.ts; do not edit.

/** Flavors of ZenML 0.22, one a line; read by `../catalog.ts`. */
export const secretsManager = `
alerter slack sensitive:slack_token
annotator label_studio type:port names:authentication_secret
artifact_store azure validator:path names:authentication_secret
artifact_store gcp validator:path names:authentication_secret=token
artifact_store local validator:path
artifact_store s3 sensitive:key,secret,token validator:client_kwargs,config_kwargs,path,s3_additional_kwargs names:authentication_secret=aws_access_key_id+aws_secret_access_key
code_repository github sensitive:token
code_repository gitlab sensitive:token
container_registry aws validator:uri names:authentication_secret=username+password
container_registry azure validator:uri names:authentication_secret=username+password
container_registry default validator:uri names:authentication_secret=username+password
container_registry dockerhub validator:uri names:authentication_secret=username+password
container_registry gcp validator:uri names:authentication_secret=username+password
container_registry github validator:uri names:authentication_secret=username+password
data_validator deepchecks
data_validator evidently
data_validator great_expectations validator:context_root_dir type:configure_local_docs,configure_zenml_stores,context_config
data_validator whylogs type:enable_whylabs names:authentication_secret=whylabs_default_org_id+whylabs_api_key
experiment_tracker mlflow sensitive:tracking_password,tracking_token,tracking_username type:nested,tags,tracking_insecure_tls built:tracking_uri
experiment_tracker wandb sensitive:api_key validator:settings type:tags
feature_store feast type:online_port
metadata_store mysql names:secret
model_deployer bentoml
model_deployer kserve names:secret
model_deployer mlflow
model_deployer seldon names:secret
orchestrator airflow validator:operator type:dag_args,dag_tags,local,operator_args
orchestrator github type:push,skip_dirty_repository_check,skip_github_repository_check
orchestrator kubeflow type:client_args,kubeflow_pipelines_ui_port,node_affinity,node_selectors,pod_settings,skip_cluster_provisioning,skip_local_validations,skip_ui_daemon_provisioning,synchronous,timeout
orchestrator kubernetes type:pod_settings,skip_config_loading,synchronous,timeout
orchestrator local
orchestrator local_docker validator:run_args
orchestrator tekton type:pod_settings,skip_ui_daemon_provisioning,tekton_ui_port
orchestrator vertex type:gpu_limit,labels,node_selector_constraint,pod_settings,synchronous
secrets_manager aws validator:namespace,region_name,scope
secrets_manager azure validator:key_vault_name,namespace,scope
secrets_manager gcp validator:namespace,project_id,scope
secrets_manager github validator:namespace,owner,repository,scope
secrets_manager local validator:namespace,scope,secrets_file
secrets_manager vault validator:cert,mount_point,namespace,scope,token,url,verify
step_operator azureml sensitive:service_principal_id,service_principal_password,tenant_id
step_operator sagemaker
step_operator spark validator:submit_kwargs
step_operator spark-kubernetes validator:submit_kwargs
step_operator vertex type:accelerator_count
`
