from zenml.client import Client

password = Client().get_secret("mlflow").secret_values["username"]
token = Client().get_secret("absent").secret_values["token"]
