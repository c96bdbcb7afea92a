zenml secret create db --user=a --pass=b
zenml secret create other --values=@other.json
