zenml artifact-store register minio --flavor=s3 --path=s3://b --secret=hunter2
zenml model-deployer register seldon --flavor=seldon --secret=seldon_rclone
zenml artifact-store register s3 --flavor=s3 --path=s3://b --secret='{{slack.token}}'
