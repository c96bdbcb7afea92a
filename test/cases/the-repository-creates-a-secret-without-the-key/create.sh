zenml secret create both --a=1
