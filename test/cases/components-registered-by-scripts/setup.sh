#!/usr/bin/env bash
zenml secret create mlflow --username=ci --pass=@password.txt
zenml experiment-tracker register mlf --flavor=mlflow --tracking_uri=https://mlflow.example \
  --tracking_username='{{mlflow.username}}' --tracking_password='{{mlflow.password}}'
zenml alerter register slk --flavor=slack --slack_token={{slak.token}} --slack_channel_id=C1
