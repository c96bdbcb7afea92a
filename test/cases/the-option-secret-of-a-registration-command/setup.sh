zenml artifact-store register s3 --flavor=s3 --path=s3://b --secret='{{aws.secret}}'
zenml artifact-store register minio --flavor=s3 --path=s3://b --key=AKIAIOSFODNN7EXAMPLE --secret=hunter2
zenml model-deployer register seldon --flavor=seldon --secret=seldon_rclone
zenml orchestrator register o --flavor=local --secret=$TEAM_SECRET
