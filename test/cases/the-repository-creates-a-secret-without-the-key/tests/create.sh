zenml secret create both --b=1
zenml secret create onlytest --x=1
